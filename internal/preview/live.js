// Loads the page again when it would look otherwise. A page that nobody looks
// at does not listen: browsers keep few connections to one server, and what it
// misses it learns when it is looked at.
(() => {
	const { page, state } = document.currentScript.dataset;
	let source = null;
	const hush = () => {
		source?.close();
		source = null;
	};
	const listen = () => {
		if (document.hidden) return hush();
		if (source) return;
		source = new EventSource("/_tongket/events?page=" + encodeURIComponent(page) + "&state=" + state);
		source.addEventListener("reload", () => {
			hush();
			location.reload();
		});
	};
	document.addEventListener("visibilitychange", listen);
	addEventListener("pagehide", hush);
	addEventListener("pageshow", listen);
	listen();
})();
