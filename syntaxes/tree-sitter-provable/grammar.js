// The text of Provable VM programs, as docs/language.md describes it.
//
// The words stand here by what follows them; tests/tests/grammars.rs holds them against the tables of instructions,
// directives and kinds of traps. The tree is for colours, folds and selections: what it lets pass, the language server
// finds.

const MNEMONICS = {
  none: 'POP NOT RET READ SECRET WRITE ASSERT NOP HALT SHA256',
  word: 'PUSH',
  target: 'JMP JZ JNZ JC JNC',
  call: 'CALL',
  optional: 'DUP SWAP ADD SUB MUL MULHI DIV MOD AND OR XOR SHL SHR ROTL ROTR EQ LT GT LOAD STORE LOADX PUT',
};

const TRAPS = {
  kinds: 'UNDERFLOW TARGET RETURN ADDRESS SHIFT DIVISION ASSERT PUBLIC SECRET UNREAD STEPS MEMORY SHA256',
};

/** A word in any letter case. */
const insensitive = word =>
  new RegExp(word.replace(/[a-z]/gi, letter => `[${letter.toUpperCase()}${letter.toLowerCase()}]`).replace('.', '\\.'));

/** A word of the language, in any letter case; in the tree it is in small letters. */
const keyword = word => alias(insensitive(word), word);

/** One of these words, in any letter case. */
const oneOf = words => {
  const patterns = words.split(' ').map(insensitive);
  return patterns.length > 1 ? choice(...patterns) : patterns[0];
};

const mnemonic = ($, words) => alias(oneOf(words), $.mnemonic);

const list = item => seq(item, repeat(seq(',', item)));

/** Documents belong to what comes directly after them, rather than to what ends there. */
const documented = ($, part) => choice(part, prec.dynamic(1, seq($.documents, part)));

/** Binary operators, the weakest first. */
const OPERATORS = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

module.exports = grammar({
  name: 'provable',

  extras: $ => [/[ \t\v\f\uFEFF]/, $.comment],

  word: $ => $.name,

  conflicts: $ => [
    // A name after a label's lines begins the next section, or is an unknown word in this one: the colon tells.
    // Documents belong to what comes after them: to this section, or to what ends it.
    [$.section],
    [$.body],
    [$.routine],
    [$.test],
  ],

  rules: {
    program: $ =>
      seq(
        repeat($._line),
        repeat($._section),
        repeat($._part),
        // On the last line, which need not end.
        optional($._last_part),
      ),

    _part: $ => documented($, choice($.routine, $.test)),

    _last_part: $ => documented($, choice(alias($._routine_line, $.routine), alias($._test_line, $.test))),

    // All up to the next routine or test.
    routine: $ => seq($._routine_line, $._line_end, optional(field('body', $.body))),

    test: $ => seq($._test_line, $._line_end, optional(field('body', $.body))),

    _routine_line: $ =>
      seq(
        keyword('.routine'),
        field('name', $.name),
        optional(seq(field('effect', $.effect), optional(field('parameters', $.parameters)))),
      ),

    _test_line: $ =>
      seq(
        keyword('.test'),
        optional(field('description', $.string)),
        optional(field('target', $.name)),
        optional(seq(field('values', $.values), optional(field('arguments', $.arguments)))),
      ),

    body: $ => choice(seq(repeat1($._line), repeat($._section)), repeat1($._section)),

    _section: $ => documented($, $.section),

    // A label and all up to the next one.
    section: $ => seq($.label, repeat($._line)),

    // That a statement ends its line is left to the server: so the last line of a text need not end.
    _line: $ => choice($._line_end, prec(-1, $.documents), $._statement),

    documents: $ => prec.right(seq($.document, repeat(seq($._line_end, $.document)), optional($._line_end))),

    label: $ => seq(field('name', $.name), token.immediate(':')),

    _statement: $ =>
      choice(
        $.use,
        $.constant,
        $.variable,
        $.data,
        $.words,
        $.bytes,
        $.inline,
        $.push,
        $.loop,
        $.tape,
        $.traps,
        $.within,
        $.instruction,
        $.call,
        $.unknown,
      ),

    use: $ =>
      prec.right(seq(keyword('.use'), field('path', $.string), optional(seq(keyword('as'), field('alias', $.name))))),

    constant: $ => seq(keyword('.const'), field('name', $.name), field('value', $._expression)),

    variable: $ =>
      prec.right(
        seq(keyword('.var'), field('name', $.name), optional(field('size', $._expression)), optional($._address)),
      ),

    // To the right: a name on the same line is a word, never the next section's label.
    data: $ => prec.right(seq(keyword('.data'), field('name', $.name), optional($._address), optional($._items))),

    words: $ => seq(keyword('.words'), $._items),

    bytes: $ => seq(keyword('.bytes'), field('text', $.string)),

    inline: $ =>
      prec.right(seq(keyword('.inline'), field('target', $.name), optional(field('arguments', $.arguments)))),

    push: $ => seq(keyword('.push'), field('target', $.name)),

    loop: $ =>
      prec.right(
        seq(keyword('.loop'), field('growth', $.growth), optional(seq(',', field('count', $._expression)))),
      ),

    growth: $ => seq(choice('+', '-'), $.number),

    tape: $ => seq(choice(keyword('.public'), keyword('.secret'), keyword('.output')), $._items),

    traps: $ =>
      prec.right(
        seq(
          keyword('.traps'),
          field('kind', choice(alias(oneOf(TRAPS.kinds), $.trap), $.name)),
          optional(seq(keyword('at'), field('target', $.name))),
        ),
      ),

    within: $ => seq(keyword('.within'), field('rows', $._expression)),

    // To the right: a name on the same line is an operand, never the next section's label.
    instruction: $ =>
      choice(
        mnemonic($, MNEMONICS.none),
        seq(mnemonic($, MNEMONICS.word), field('operand', $._expression)),
        seq(mnemonic($, MNEMONICS.target), field('target', $._expression)),
        prec.right(seq(mnemonic($, MNEMONICS.optional), optional(field('operand', $._expression)))),
      ),

    call: $ =>
      prec.right(
        seq(
          mnemonic($, MNEMONICS.call),
          field('target', choice($.name, $._number)),
          optional(field('arguments', $.arguments)),
        ),
      ),

    // What is still being typed costs its own line and not the section around it.
    unknown: $ =>
      prec.right(
        seq(
          choice($.name, alias($._dotted, $.directive)),
          repeat(choice($.name, $._number, $.string, ',', '(', ')', '--', '...', '-', '~', '!', ...OPERATORS.flat())),
        ),
      ),

    effect: $ =>
      seq(
        '(',
        optional('...'),
        repeat(field('input', $.name)),
        '--',
        choice('never', repeat(field('output', $.name))),
        ')',
      ),

    values: $ => seq('(', repeat(field('input', $._value)), '--', repeat(field('output', $._value)), ')'),

    _value: $ => choice($.name, $._number, alias($.negative, $.unary), $.parentheses),

    negative: $ => seq(field('operator', '-'), field('operand', $._number)),

    parameters: $ => prec.right(list($.name)),

    arguments: $ => prec.right(list($._expression)),

    _address: $ => prec.right(seq(keyword('at'), field('address', $._expression))),

    _items: $ => prec.right(list(field('word', choice($._expression, $.string)))),

    _expression: $ =>
      choice(
        $.name,
        // Without a bracket after it, `len` is a name like any other.
        prec(-1, alias('len', $.name)),
        $._number,
        $.length,
        $.unary,
        $.binary,
        $.parentheses,
      ),

    length: $ => seq('len', '(', field('name', $.name), ')'),

    unary: $ =>
      prec(OPERATORS.length, seq(field('operator', choice('-', '~', '!')), field('operand', $._expression))),

    binary: $ =>
      choice(
        ...OPERATORS.map((operators, strength) =>
          prec.left(
            strength,
            seq(
              field('left', $._expression),
              field('operator', operators.length > 1 ? choice(...operators) : operators[0]),
              field('right', $._expression),
            ),
          ),
        ),
      ),

    parentheses: $ => seq('(', $._expression, ')'),

    _number: $ => choice($.number, $.character),

    // With its qualifier, if it has one: `alias.member`.
    name: _ => /[A-Za-z_][A-Za-z0-9_.]*/,

    _dotted: _ => /\.[A-Za-z0-9_.]+/,

    number: _ => /0[xX][0-9a-fA-F](_?[0-9a-fA-F])*|0[bB][01](_?[01])*|[0-9](_?[0-9])*/,

    character: $ => seq("'", choice(token.immediate(prec(1, /[^'\\\r\n]/)), $.escape), token.immediate("'")),

    string: $ => seq('"', repeat(choice(token.immediate(prec(1, /[^"\\\r\n]+/)), $.escape)), token.immediate('"')),

    escape: _ => token.immediate(prec(1, /\\([ntr0\\'"]|x[0-9a-fA-F]{2})/)),

    // A comment that documents the definition after it.
    document: _ => token(prec(1, /##[^\r\n]*/)),

    comment: _ => /[#;][^\r\n]*/,

    _line_end: _ => /\r\n|\r|\n/,
  },
});
