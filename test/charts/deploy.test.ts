import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { tools } from "#scripts/tools.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { listing, nameOf, only, render, textAt } from "./support/chart.ts";
import { typeErrors } from "./support/types.ts";
import { ROOT } from "../paths.ts";

const FOLDER = join(ROOT, "deploy");

describe("the plain manifests, as kubectl's kustomize builds them", () => {
  let built: readonly JsonObject[];
  beforeAll(async () => {
    const { kubectl } = await tools();
    const { stdout } = await promisify(execFile)(kubectl, ["kustomize", FOLDER], { maxBuffer: 2 ** 26 });
    built = parseAllDocuments(stdout).flatMap((document) => {
      const object: unknown = document.toJS();
      return isObject(object) ? [object] : [];
    });
  });

  it("are the objects of the chart, and their namespace", async () => {
    const isTest = (object: JsonObject): boolean =>
      valueAt(object, ["metadata", "annotations", "helm.sh/hook"]) !== undefined;
    const chart = (await render()).filter((object) => !isTest(object));
    expect(listing(built)).toEqual([...listing(chart), "Namespace/fairlead"].toSorted());
  });

  it("say what the chart says", async () => {
    const chart = await render();
    for (const kind of ["Deployment", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "Service"]) {
      const [plain, rendered] = [only(built, kind), only(chart, kind)];
      expect(valueAt(plain, ["webhooks"])).toEqual(valueAt(rendered, ["webhooks"]));
      expect(valueAt(plain, ["spec", "ports"])).toEqual(valueAt(rendered, ["spec", "ports"]));
      expect(valueAt(plain, ["spec", "template", "spec"])).toEqual(valueAt(rendered, ["spec", "template", "spec"]));
    }
    expect(textAt(only(built, "ConfigMap", "fairlead"), "data", "config.yaml")).toBe(
      textAt(only(chart, "ConfigMap", "fairlead"), "data", "config.yaml"),
    );
  });

  it("hold nothing that the API does not know, and no trace of Helm", () => {
    expect(built.flatMap((object) => typeErrors(object) ?? [`${String(object.kind)} is not known`])).toEqual([]);
    const traces = built.filter((object) => /helm\.sh|managed-by/.test(JSON.stringify(valueAt(object, ["metadata"]))));
    expect(traces.map(nameOf)).toEqual([]);
  });
});
