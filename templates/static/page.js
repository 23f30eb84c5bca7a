/* Conveniences; everything works without them. Written for browsers of 2016 on. */
(function () {
  "use strict";
  var leave = document.querySelector("[data-leave]");
  var left = false;
  var escaped = -Infinity;

  /* The browser forgets what was sent to get this page: else it writes that to disk with
     its list of open tabs, and Back asks whether to send it again. */
  history.replaceState(null, "", location.href);

  /* The page is blank before anything is asked of the network, which may be slow. */
  function go() {
    left = true;
    document.title = "\u200b";
    while (document.body.firstChild) document.body.removeChild(document.body.firstChild);
    location.replace(leave.href);
  }

  function busy(target) {
    return (
      target.isContentEditable ||
      /^(input|select|textarea)$/i.test(target.tagName) ||
      document.querySelector("dialog[open]")
    );
  }

  document.addEventListener("click", function (event) {
    if (!leave.contains(event.target)) return;
    event.preventDefault();
    go();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" && event.key !== "Esc") return;
    if (event.repeat || event.isComposing || busy(event.target)) return;
    if (event.timeStamp - escaped < 2000) go();
    escaped = event.timeStamp;
  });

  /* A browser that kept this page although it was left shows it blank, and goes again. */
  addEventListener("pageshow", function () {
    if (left) location.replace(leave.href);
  });

  /* Where somebody is, only when asked, and never more exactly than about 10 km. */
  var near = document.querySelector("[data-near]");
  if (!near || !navigator.geolocation || self.isSecureContext === false) return;
  var button = near.querySelector("button");
  var form = button.form;
  near.hidden = false;
  button.addEventListener("click", function () {
    navigator.geolocation.getCurrentPosition(
      function (found) {
        var field = document.createElement("input");
        field.type = "hidden";
        field.name = "near";
        field.value = found.coords.latitude.toFixed(1) + "," + found.coords.longitude.toFixed(1);
        form.elements.place.value = "";
        form.appendChild(field);
        form.submit();
      },
      function () { near.querySelector("[data-failed]").hidden = false; },
      { maximumAge: 600000, timeout: 20000 }
    );
  });
})();
