// Judges numbers by implementations that are not ours. Standard input: one "ALGORITHM VALUE" a
// line. Standard output: for each line "1" (right), "0" (wrong) or "?" (the oracle threw).
'use strict';

const readline = require('node:readline');

async function loadOracles() {
  const { mod97_10, gtin } = await import('cdigit');
  const iso7064 = require('iso-7064');
  const persian = require('@persian-tools/persian-tools');
  return {
    'cdigit-mod97': (value) => mod97_10.validate(value),
    'iso7064-mod97': (value) => iso7064.compute(value) === 1,
    'cdigit-gs1': (value) => gtin.validate(value),
    // Without its list of offices, which says who issued an id, not whether it is well formed.
    'persian-national': (value) => persian.verifyIranianNationalId(value, { checkPrefix: false }),
    'persian-legal': (value) => persian.verifyIranianLegalId(value),
  };
}

function judge(oracle, value) {
  try {
    return oracle(value) ? '1' : '0';
  } catch {
    return '?';
  }
}

// One right and one wrong number for each oracle.
function selfCheck(oracles) {
  const known = {
    'cdigit-mod97': ['1042000017000113', '1042000017000114'],
    'iso7064-mod97': ['1042000017000113', '1042000017000114'],
    'cdigit-gs1': ['9521234543213', '9521234543214'],
    'persian-national': ['0499370899', '0499370898'],
    'persian-legal': ['10380284790', '10380284791'],
  };
  for (const [name, [right, wrong]] of Object.entries(known)) {
    if (judge(oracles[name], right) !== '1' || judge(oracles[name], wrong) !== '0') {
      throw new Error(`oracle ${name} does not judge as it should`);
    }
  }
}

async function main() {
  const oracles = await loadOracles();
  selfCheck(oracles);
  if (process.argv.includes('--self-check')) return;
  const verdicts = [];
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const space = line.indexOf(' ');
    const oracle = oracles[line.slice(0, space)];
    if (oracle === undefined) throw new Error(`unknown oracle in line: ${line}`);
    verdicts.push(judge(oracle, line.slice(space + 1)));
  }
  process.stdout.write(verdicts.join('\n') + '\n');
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
