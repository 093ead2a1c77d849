// News from the server: the archive changed, a file was read. One connection a page.

/** @typedef {{job: string, done: number, of: number, linking: boolean}} Progress */

/** @type {EventSource | undefined} */
let source;

/** The connection, made when it is first asked for. */
function events() {
  source ??= new EventSource("/api/v1/events");
  return source;
}

/**
 * Calls back when the archive changed: by this page, another browser, or another program. Several changes in a row are one.
 * @param {() => unknown} act
 */
export function onChange(act) {
  let waiting = 0;
  events().addEventListener("changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, 250);
  });
}

/**
 * Calls back while files are read.
 * @param {(progress: Progress) => unknown} act
 */
export function onProgress(act) {
  events().addEventListener("progress", (e) => {
    if (e instanceof MessageEvent) act(JSON.parse(e.data));
  });
}

/**
 * Calls back when a reading ended, well or not.
 * @param {() => unknown} act
 */
export function onEnded(act) {
  events().addEventListener("ended", act);
}

/**
 * Calls back when the connection stands, and when it is lost; the browser takes it up again by itself.
 * @param {(live: boolean) => unknown} act
 */
export function onState(act) {
  events().addEventListener("open", () => act(true));
  events().addEventListener("error", () => act(false));
}
