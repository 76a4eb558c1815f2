import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { serviceReference } from "#scripts/service-reference.ts";

it("docs/service.md says what the tables of the engine say", () => {
  expect(serviceReference()).toBe(readFileSync("docs/service.md", "utf8"));
});
