/** The playground's page. */
import { byId } from "./dom/index.ts";
import { destinationOf, Page, startThemeSwitch } from "./page/index.ts";
import { readData } from "./session/index.ts";
import { FIRST_STATE } from "./state/index.ts";

startThemeSwitch();
const data = readData(byId("data", HTMLScriptElement).text);
const page = new Page(data, FIRST_STATE, new Date().toISOString().slice(0, 10));
void destinationOf(data.examples).then((destination) => {
  page.goTo(destination);
});
