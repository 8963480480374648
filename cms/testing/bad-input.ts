import fc from 'fast-check'

/** Words that have broken programs: each is harmless as text, and none may be more than text. */
export const NASTY_WORDS = [
  "' or 1=1 --", "'; drop table articles; --", '") or ("1"="1', '$1', '%s%n', '\\', '\u0001', '{{7*7}}', '${7*7}', '<%= 7*7 %>', '#{7*7}', '<script>alert(1)</script>', 'javascript:alert(1)',
  '../../etc/passwd', '..\\..\\secrets.json', '%2e%2e%2f', '/etc/passwd', 'file:///etc/passwd', 'a\r\nSet-Cookie: x=1', '\u202egpj.exe', '1e400', '-1', 'NaN', 'null', 'undefined', '0x10', '９',
  '__proto__', 'constructor', 'prototype', 'toString', 'a'.repeat(3000), '🏮'.repeat(200), '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800',
] as const
export const nastyText = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NASTY_WORDS) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) })

/** Text as it arrives in UTF-8, where half a character cannot. */
export const wellFormed = (text: string): string => Buffer.from(text).toString()

/** The same, as they travel in an address: some percent-encoded well, some badly, some as they are. */
export const nastyPart = fc.oneof(
  nastyText.map((text) => encodeURIComponent(wellFormed(text))), fc.constantFrom('%', '%zz', '%c0%af', '%ff%fe', '%00', '%0d%0aX-A:%20b', '..%2f..%2f', '%252e%252e', '.', '..', ';', ':', '*', '99999999999999999999', '2147483648', '-1', '0', '1.5', '1e3', ' '))

/** JSON of any shape with nasty words in it. */
export const nastyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true }, nastyText, fc.constantFrom<unknown>(null, true, false, 0, -1, 2 ** 31, 2 ** 53, 1e308, 1.5, ''),
    fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.oneof(fc.constantFrom('id', 'site', 'version', 'equals', 'relationTo', 'value', 'root', 'children', '$gt'), nastyText), tie('value'), { maxKeys: 3 })),
})).value

/** Text that is no JSON object, or one that no program should work on: always to be refused. */
export const unusableBody = fc.oneof(
  fc.constantFrom('{', '{"a":', '[', '[]', 'null', '"text"', '1', 'true', '{"a":1}}', "{'a':1}", '{"a":1,}', 'undefined', '\u0000', '{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"__proto__":{"isAdmin":true}}',
    '{"constructor":{"prototype":{"isAdmin":true}}}', '{"a":{"b":{"__proto__":1}}}', '{"\\u0000":1}'),
  fc.constantFrom(100, 1000, 20_000, 200_000).map((depth) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  fc.constantFrom(100, 5000).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
)
/** Bytes that are no UTF-8. */
export const INVALID_UTF8 = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0xff, 0xfe, 0x22, 0x7d])
export const TEN_MEGABYTES = 10 * 1024 * 1024
