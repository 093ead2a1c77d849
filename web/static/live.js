// News from the server: the archive changed, a file was read. One connection a page.

/** @typedef {{job: string, done: number, of: number, linking: boolean}} Progress */

/** @type {EventSource | undefined} */
let source;

/** The connection, made when it is first asked for. */
function events() {
  source ??= new EventSource("/api/v1/events");
  return source;
}

const SOON = 250;
const PAUSE = 1500;

/**
 * Calls back when the archive changed: by this page, another browser, or another program. Several changes in a row are one,
 * and what takes long is done less often: while files are read the archive changes all the time.
 * @param {() => unknown} act
 */
export function onChange(act) {
  let busy = false;
  let again = false;
  const run = async () => {
    again = busy;
    if (busy) return;
    busy = true;
    await pause(SOON);
    const begin = performance.now();
    await act();
    await pause(Math.max(PAUSE, 5 * (performance.now() - begin)));
    busy = false;
    if (again) run();
  };
  events().addEventListener("changed", run);
}

/** @param {number} ms */
const pause = (ms) => new Promise((ok) => setTimeout(ok, ms));

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
