// An article: values, statements and the words they were read from light each other.

import "./light.js";
