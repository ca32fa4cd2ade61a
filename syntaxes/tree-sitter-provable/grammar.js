// The text of Provable VM programs, as docs/language.md describes it.
//
// The mnemonics stand here by the operand that follows them; tests/tests/grammars.rs holds them against the
// instruction table. The tree is for colours, folds and selections: what it lets pass, the language server finds.

const MNEMONICS = {
  none: 'POP NOT RET READ SECRET WRITE ASSERT NOP HALT SHA256',
  word: 'PUSH',
  target: 'JMP JZ JNZ JC JNC CALL',
  optional: 'DUP SWAP ADD SUB MUL MULHI DIV MOD AND OR XOR SHL SHR ROTL ROTR EQ LT GT LOAD STORE LOADX PUT',
};

/** A word in any letter case. */
const insensitive = word =>
  new RegExp(word.replace(/[A-Z]/g, letter => `[${letter}${letter.toLowerCase()}]`).replace('.', '\\.'));

/** One of these mnemonics. */
const mnemonic = ($, words) => {
  const patterns = words.split(' ').map(insensitive);
  return alias(patterns.length > 1 ? choice(...patterns) : patterns[0], $.mnemonic);
};

module.exports = grammar({
  name: 'provable',

  extras: $ => [/[ \t\v\f\uFEFF]/, $.comment],

  word: $ => $.name,

  // A name after a label begins the next section, or is an unknown word in this one: the colon tells.
  conflicts: $ => [[$.section]],

  rules: {
    program: $ => seq(repeat($._line), repeat($.section)),

    // A label and all up to the next one: what folds.
    section: $ => seq($.label, repeat($._line)),

    // That a statement ends its line is left to the server: so the last line of a text need not end.
    _line: $ => choice($._line_end, $._statement),

    label: $ => seq(field('name', $.name), token.immediate(':')),

    _statement: $ => choice($.constant, $.data, $.words, $.instruction, $.unknown),

    constant: $ => seq(alias(insensitive('.CONST'), '.const'), field('name', $.name), field('value', $._number)),

    // To the right: a name on the same line is a word, never the next section's label.
    data: $ =>
      prec.right(
        seq(
          alias(insensitive('.DATA'), '.data'),
          field('name', $.name),
          alias(insensitive('AT'), 'at'),
          field('address', $._operand),
          optional($._items),
        ),
      ),

    words: $ => seq(alias(insensitive('.WORDS'), '.words'), $._items),

    _items: $ => prec.right(seq(field('word', $._operand), repeat(seq(',', field('word', $._operand))))),

    instruction: $ =>
      choice(
        mnemonic($, MNEMONICS.none),
        seq(mnemonic($, MNEMONICS.word), field('operand', $._operand)),
        seq(mnemonic($, MNEMONICS.target), field('target', $._operand)),
        // To the right: a name on the same line is the operand, never the next section's label.
        prec.right(seq(mnemonic($, MNEMONICS.optional), optional(field('operand', $._operand)))),
      ),

    // What is still being typed costs its own line and not the section around it.
    unknown: $ => prec.right(seq($.name, repeat($._operand))),

    _operand: $ => choice($.name, $._number),

    _number: $ => choice($.number, $.character),

    name: _ => /[A-Za-z_][A-Za-z0-9_.]*/,

    number: _ => /-?(0[xX][0-9a-fA-F](_?[0-9a-fA-F])*|0[bB][01](_?[01])*|[0-9](_?[0-9])*)/,

    character: _ => /-?'([^'\\\r\n]|\\[ntr0\\'"])'/,

    comment: _ => /[#;][^\r\n]*/,

    _line_end: _ => /\r\n|\r|\n/,
  },
});
