/** Makes a tree of nodes of YAML documents as go-yaml v2 does. */
export type { YamlAlias, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from "./nodes.ts";
export { Parser } from "./parser.ts";
