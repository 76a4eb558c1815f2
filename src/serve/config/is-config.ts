import { Ajv, type ValidateFunction } from "ajv";
import { CONFIG_SCHEMA_OPTIONS } from "./schema-options.ts";
import { configSchema } from "./schema.ts";
import type { Config } from "./settings.ts";

/** Whether a value is a configuration. The build replaces this file by the compiled function (scripts/precompile.ts). */
export const isConfig: ValidateFunction<Config> = new Ajv(CONFIG_SCHEMA_OPTIONS).compile<Config>(configSchema());
