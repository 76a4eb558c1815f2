import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv, type ValidateFunction } from "ajv";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { ROOT } from "#test/paths.ts";

const FILE = join(ROOT, "test/openapi/swagger-1.36.json.gz");
const KIND = "x-kubernetes-group-version-kind";

/** Types that JSON schema has no word for, as the API server reads them. */
const LOOSE: Readonly<Record<string, JsonObject>> = {
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: ["integer", "string"] },
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: ["number", "string"] },
};

const definitions = strictDefinitions();
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false }).addSchema({
  $id: "kubernetes",
  definitions,
});
const names = new Map(
  Object.entries(definitions).flatMap(([name, definition]) => kindsOf(definition).map((kind) => [kind, name])),
);
const compiled = new Map<string, ValidateFunction>();

/** What in the object the Kubernetes API does not know, or knows otherwise; undefined for a kind that is not Kubernetes' own. */
export function typeErrors(object: JsonObject): readonly string[] | undefined {
  const kind = `${String(object.apiVersion)} ${String(object.kind)}`;
  const name = names.get(kind);
  if (name === undefined) return undefined;
  const validate = compiled.get(name) ?? ajv.compile({ $ref: `kubernetes#/definitions/${name}` });
  compiled.set(name, validate);
  validate(object);
  return (validate.errors ?? []).map(
    ({ instancePath, message = "", params }) => `${kind} ${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

/** The published definitions; where they list properties, they allow no other. */
function strictDefinitions(): JsonObject {
  const swagger: unknown = JSON.parse(gunzipSync(readFileSync(FILE)).toString());
  const published = valueAt(swagger, ["definitions"]);
  if (!isObject(published)) throw new Error(`${FILE} holds no definitions`);
  const strict = Object.entries(published).map(([name, definition]): [string, JsonObject] => {
    if (!isObject(definition)) throw new Error(`${FILE}: ${name} is no object`);
    const closed = definition.properties === undefined ? definition : { ...definition, additionalProperties: false };
    return [name, LOOSE[name] ?? closed];
  });
  return Object.fromEntries(strict);
}

function kindsOf(definition: unknown): readonly string[] {
  const kinds: unknown = valueAt(definition, [KIND]);
  if (!Array.isArray(kinds)) return [];
  return kinds.map((kind: unknown) => {
    const [group, version] = [String(valueAt(kind, ["group"])), String(valueAt(kind, ["version"]))];
    return `${group === "" ? version : `${group}/${version}`} ${String(valueAt(kind, ["kind"]))}`;
  });
}
