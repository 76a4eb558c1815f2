/** `node scripts/service-docs.ts [--check]`: writes docs/service.md from the tables of the engine, or checks that it is current. */
import { writeOrCheck } from "./generated.ts";
import { serviceReference } from "./service-reference.ts";

writeOrCheck("docs/service.md", serviceReference());
