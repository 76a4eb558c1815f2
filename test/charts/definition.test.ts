import { describe, expect, it } from "@jest/globals";
import { isObject, valueAt } from "#src/field/json.ts";
import { itemsAt, only, render, textAt } from "./support/chart.ts";

async function version(): Promise<unknown> {
  return itemsAt(only(await render(), "CustomResourceDefinition"), "spec", "versions")[0];
}

describe("the definition of policies", () => {
  it("has a status apart, with conditions that merge by their type", async () => {
    const found = await version();
    expect(valueAt(found, ["subresources"])).toEqual({ status: {} });
    const path = ["schema", "openAPIV3Schema", "properties", "status", "properties", "conditions"];
    expect(valueAt(found, path)).toMatchObject({
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["type"],
    });
  });

  it("shows whether a policy is in force", async () => {
    const columns = itemsAt(await version(), "additionalPrinterColumns");
    expect(columns.map((column) => textAt(column, "name"))).toContain("In force");
  });

  it("drops nothing of what an author wrote, so that what is misspelt can be refused", async () => {
    const spec = valueAt(await version(), ["schema", "openAPIV3Schema", "properties", "spec"]);
    expect(dropping(spec, "spec")).toEqual([]);
  });
});

/** The objects in a structural schema of which the API server would drop what is not named. */
function dropping(schema: unknown, path: string): readonly string[] {
  if (!isObject(schema)) return [];
  const { properties, items, additionalProperties } = schema;
  const inner = isObject(properties) ? Object.entries(properties) : [];
  const isOpen = schema["x-kubernetes-preserve-unknown-fields"] === true || isObject(additionalProperties);
  return [
    ...(schema.type === "object" && !isOpen ? [path] : []),
    ...inner.flatMap(([name, value]) => dropping(value, `${path}.${name}`)),
    ...dropping(items, `${path}[]`),
    ...dropping(additionalProperties, `${path}.*`),
  ];
}
