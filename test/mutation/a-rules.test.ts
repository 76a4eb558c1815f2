/** The suites that state the rules, in one: their modules are loaded once for each mutant. */
import "../field/json.test.ts";
import "../field/path.test.ts";
import "../net/cidr.test.ts";
import "../net/ip.test.ts";
import "../service/decode.test.ts";
import "../service/defaults.test.ts";
import "../service/names.test.ts";
import "../service/read.test.ts";
import "../service/time.test.ts";
