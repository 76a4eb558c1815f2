/** `node scripts/versions-docs.ts [--check]`: writes docs/versions.md from the tables of the engine, or checks that it is current. */
import { writeOrCheck } from "./generated.ts";
import { versionsReference } from "./versions-reference.ts";

writeOrCheck("docs/versions.md", versionsReference());
