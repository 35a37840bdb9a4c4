"use strict";
// A form with data-go-on is sent by itself: it passes on what another site posted.
document.querySelector("form[data-go-on]").submit();
