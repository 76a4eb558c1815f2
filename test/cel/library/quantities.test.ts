import { describe, expect, it } from "@jest/globals";
import { evaluate } from "./evaluate.ts";

describe("quantities", () => {
  it.each([
    ["isQuantity('20')", true],
    ["isQuantity('1.3Gi')", true],
    ["isQuantity('1,3G')", false],
    ["isQuantity('200K')", false],
    ["isQuantity('Three')", false],
    ["isQuantity('1e99999999999999999999')", false],
    ["quantity('200M').compareTo(quantity('0.2G'))", 0],
    ["quantity('50M').compareTo(quantity('50Mi'))", -1],
    ["quantity('50Mi').isGreaterThan(quantity('50M'))", true],
    ["quantity('-1m').isLessThan(quantity('0'))", true],
    ["sign(quantity('-20k'))", -1],
    ["quantity('50000000G').asInteger()", { text: "50000000000000000" }],
    ["quantity('50k').isInteger()", true],
    ["quantity('1.0').isInteger()", false],
    ["quantity('0.5Ki').isInteger()", false],
    ["quantity('9999999999999999999999999999999999999G').isInteger()", false],
    ["quantity('9999999999999999999999999999999999999G').asInteger()", "error: cannot convert value to integer"],
    ["quantity('9999999999999999999999999999Gi') == quantity('9223372036854775807')", true],
    ["quantity('1n').compareTo(quantity('0.0000000000001'))", 0],
    ["quantity('50.703k').asApproximateFloat() == 50703.0", true],
    ["quantity('1.5e3') == quantity('1500')", true],
    ["quantity('50k').add(quantity('20k')) == quantity('70k')", true],
    ["quantity('50k').add(20) == quantity('50020')", true],
    ["quantity('50k').sub(20000) == quantity('30k')", true],
    ["quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')", true],
    ["quantity('9223372036854775807').add(1).asInteger()", "error: cannot convert value to integer"],
    // What was computed can't stand on the right.
    ["quantity('70k') == quantity('50k').add(quantity('20k'))", "error: no such overload"],
    ["quantity('70k') != quantity('70k').add(0)", true],
    [
      "quantity('10Mo')",
      "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    ["quantity('1K')", "error: unable to parse quantity's suffix"],
    ["quantity('.e-10')", "error: unable to parse numeric part of quantity"],
    ["quantity('1e1000000000').add(1).isInteger()", "error: the quantities lie too far apart to be added"],
    ["quantity('1e1000000000').isGreaterThan(quantity('1e999999999'))", true],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toEqual(want);
  });
});

describe("versions", () => {
  it.each([
    ["isSemver('1.2.3-beta.1+build.1')", true],
    ["isSemver('v1.0')", false],
    ["isSemver('v1.0', true)", true],
    ["isSemver('1.2.3', false)", true],
    ["semver('01.01.01', true) == semver('1.1.1')", true],
    ["semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() == 3", true],
    ["semver('18446744073709551615.0.0').major()", -1],
    ["semver('1.2.3').isLessThan(semver('1.2.10'))", true],
    ["semver('1.0.0-rc.1').isLessThan(semver('1.0.0'))", true],
    ["semver('1.0.0-alpha.1').compareTo(semver('1.0.0-alpha.beta'))", -1],
    ["semver('1.0.0-a.b').isGreaterThan(semver('1.0.0-a'))", true],
    ["semver('1.0.0+a') == semver('1.0.0+b')", true],
    ["semver('')", "error: Version string empty"],
    ["semver('1.2')", "error: No Major.Minor.Patch elements found"],
    ["semver('v1.2.3')", 'error: Invalid character(s) found in major number "v1"'],
    ["semver('1.02.3')", 'error: Minor number must not contain leading zeroes "02"'],
    ["semver('1..3')", 'error: strconv.ParseUint: parsing "": invalid syntax'],
    [
      "semver('1.18446744073709551616.3')",
      'error: strconv.ParseUint: parsing "18446744073709551616": value out of range',
    ],
    ["semver('1.2.3-')", "error: Prerelease is empty"],
    ["semver('1.2.3-01')", 'error: Numeric PreRelease version must not contain leading zeroes "01"'],
    ["semver('1.2.3+')", "error: Build meta data is empty"],
    ["semver('1.2.3+_')", 'error: Invalid character(s) found in build meta data "_"'],
    ["semver('1.2-x', true)", "error: short version cannot contain PreRelease/Build meta data"],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toBe(want);
  });
});
