import { readFileSync } from "node:fs";
import { type Context } from "#src/examine/findings/index.ts";
import { makeContext } from "#src/check/context/index.ts";
import { defaultSettings, type Settings } from "#src/examine/settings/index.ts";

/** A context of these settings. @param policies names of built-in sets */
export function contextOf(settings: Partial<Settings> = {}, policies: readonly string[] = []): Promise<Context> {
  return makeContext({
    settings: {
      ...defaultSettings("2026-11-28"),
      ...settings,
      policies: policies.map((name) => {
        const file = `policies/${name}.yaml`;
        return { file, text: readFileSync(file, "utf8") };
      }),
    },
    old: undefined,
    wantsServices: false,
  });
}
