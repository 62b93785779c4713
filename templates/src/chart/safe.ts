// ECharts keeps the widths of texts in plain objects, by the text. A text
// called "__proto__" or "constructor" would then reach the prototype of all
// objects and spoil every picture after it. A prefix keeps such keys apart.
import LRU from "zrender/lib/core/LRU.js";

const { get, put } = LRU.prototype;
LRU.prototype.get = function (key: string | number) {
  return get.call(this, "$" + key);
};
LRU.prototype.put = function (key: string | number, value: unknown) {
  return put.call(this, "$" + key, value);
};
