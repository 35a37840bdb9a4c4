// Charts that are taken away as PNG: drawn in the browser from the SVG that the server gives of the same chart.
// What the server says in its place, where it gives none, is said beside the button.
"use strict";

(() => {
  const SHARPER = 2;
  const ENDED = "Your session ended: open the page again, and sign in.", FAILED = "No picture could be made: try again.";

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function refusal(page) {
    const said = new DOMParser().parseFromString(page, "text/html").querySelectorAll("main p:not(.small, :has(a))");
    return [...said].slice(0, 2).map(one => one.textContent.trim()).join(" ") || FAILED;
  }

  async function given(address) {
    const answer = await fetch(address), text = await answer.text();
    if (answer.redirected) return {wrong: ENDED};
    return answer.ok ? {svg: text} : {wrong: refusal(text)};
  }

  async function take({png, name}) {
    const {svg, wrong} = await given(png);
    if (wrong) return wrong;
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SHARPER;
    canvas.height = image.naturalHeight * SHARPER;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => save(blob, name), "image/png");
    return "";
  }

  async function taken(button) {
    const says = button.closest(".take").querySelector("[data-says]");
    says.textContent = await take(button.dataset).catch(() => FAILED);
  }

  for (const one of document.querySelectorAll("[data-png]")) {
    one.hidden = false;
    one.addEventListener("click", () => taken(one));
  }
})();
