/**
 * The page's script, as the browser runs it: filters, folding, and arrow keys to move between findings. The page can be
 * read without it. It must not contain `</script`.
 */
export const SCRIPT = String.raw`"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const filters = byId("filters"), words = byId("words"), rule = byId("rule");
  const toggles = [...document.querySelectorAll("[data-show]")];
  const findings = [...document.querySelectorAll(".finding")].map((element) => ({
    element,
    rule: element.dataset.rule,
    kind: "suppressed" in element.dataset ? "suppressed" : element.dataset.severity,
    text: (element.closest(".file").firstElementChild.textContent + " " + element.textContent).toLowerCase(),
  }));
  const services = [...document.querySelectorAll(".service")].map((element) => ({
    element,
    text: element.querySelector("summary").textContent.toLowerCase(),
  }));

  function filter() {
    const wanted = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const hidden = new Set(toggles.filter((each) => each.ariaPressed === "false").map((each) => each.dataset.show));
    const matches = (text) => wanted.every((word) => text.includes(word));
    let shown = 0;
    for (const each of findings) {
      const show = matches(each.text) && !hidden.has(each.kind) && (rule.value === "" || rule.value === each.rule);
      each.element.hidden = !show;
      if (show) shown += 1;
    }
    for (const file of document.querySelectorAll(".file"))
      file.hidden = !file.querySelector(".finding:not([hidden])");
    for (const each of services) each.element.hidden = !matches(each.text);
    byId("shown").textContent = shown === findings.length ? String(shown) : shown + " of " + findings.length;
    byId("none-shown").hidden = shown > 0 || findings.length === 0;
  }

  function reset() {
    words.value = "";
    rule.value = "";
    for (const each of toggles) each.ariaPressed = "true";
    filter();
  }

  function showTarget() {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches(".finding, .service")) return;
    if (target.hidden) reset();
    if (target.matches("details")) target.open = true;
    target.querySelector("summary, .self").focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  }

  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("input", filter);
  filters.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    reset();
    words.focus();
  });
  for (const each of toggles)
    each.addEventListener("click", () => {
      each.ariaPressed = each.ariaPressed === "true" ? "false" : "true";
      filter();
    });
  byId("reset").addEventListener("click", () => {
    reset();
    words.focus();
  });
  for (const each of document.querySelectorAll("[data-open]"))
    each.addEventListener("click", () => {
      for (const { element } of services) element.open = each.dataset.open === "all";
    });

  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(".self, .service > summary")) return;
    const stops = [...document.querySelectorAll(".finding:not([hidden]) .self, .service:not([hidden]) > summary")];
    const next = stops[stops.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  addEventListener("hashchange", showTarget);

  filters.hidden = false;
  filter();
  showTarget();
})();
`;
