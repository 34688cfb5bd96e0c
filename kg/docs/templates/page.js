/* Comfort only: the pages read the same without it. */
const here = document.querySelector(".switch"), contents = document.querySelector(".contents details");
here.addEventListener("click", () => { here.hash = location.hash; });
if (matchMedia("(max-width: 60rem)").matches) contents.open = false;
/* Where the diagram is wider than the window, it begins with the facts in its middle. */
for (const wide of document.querySelectorAll(".drawing")) wide.scrollLeft = (wide.scrollWidth - wide.clientWidth) / 2;
/* An address such as …/ontology#Recognition that was led to the overview goes on to the entry. */
const term = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (term && term.dataset.entry) location.replace(term.dataset.entry);
