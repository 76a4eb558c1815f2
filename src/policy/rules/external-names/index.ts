/** Rules about Services of type ExternalName. */
export { externalNameExtras } from "./external-name-extras.ts";
export { externalNameHttps } from "./external-name-https.ts";
export { externalNames } from "./external-names.ts";
