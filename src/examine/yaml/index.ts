/** Objects as YAML for people to read. */
export { objectYaml } from "./object-yaml.ts";
export { plainYaml } from "./plain-yaml.ts";
