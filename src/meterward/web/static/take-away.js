// Charts that are taken away as PNG: drawn in the browser from the SVG that the server gives of the same chart.
"use strict";

(() => {
  const SHARPER = 2;

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function take({png, name}) {
    const image = new Image();
    image.src = png;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SHARPER;
    canvas.height = image.naturalHeight * SHARPER;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => save(blob, name), "image/png");
  }

  for (const one of document.querySelectorAll("[data-png]")) {
    one.hidden = false;
    one.addEventListener("click", () => take(one.dataset));
  }
})();
