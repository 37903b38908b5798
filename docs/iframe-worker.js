// Browsers start no worker from a file on the disk, so the search of the site would not work there.
// Where a page is such a file, a worker is a hidden frame that runs the same script.
// The theme's script looks for the name IFrameWorker, and the search plugin for that of this file.
if (location.protocol === "file:") {
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(address) {
      super();
      this.script = new URL(address, document.baseURI).href;
      this.ready = new Promise((resolve) => {
        const frame = document.createElement("iframe");
        frame.hidden = true;
        frame.srcdoc = "<!doctype html><title>Search</title>";
        frame.addEventListener("load", () => resolve(this.begin(frame.contentWindow)), { once: true });
        document.body.append(frame);
      });
    }

    async begin(inside) {
      const load = (address) => new Promise((resolve, reject) => {
        const script = inside.document.createElement("script");
        script.src = new URL(address, this.script).href;
        script.addEventListener("load", resolve);
        script.addEventListener("error", reject);
        inside.document.head.append(script);
      });
      inside.importScripts = async (...addresses) => {
        for (const address of addresses) await load(address);
      };
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      await load(this.script);
      return inside;
    }

    async postMessage(data) {
      const inside = await this.ready;
      inside.dispatchEvent(new MessageEvent("message", { data }));
    }
  };
}
