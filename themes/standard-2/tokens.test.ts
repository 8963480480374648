import { readFileSync } from 'node:fs'
import { contrastRatio } from '@cluster/shared/governance/templates/contrast'
import { describe, expect, test } from 'vitest'
import { manifest } from './manifest.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
const DARK = '@media (prefers-color-scheme: dark) {'

/** Every rule's selector and colours, with the scheme in which it holds. */
const rules = css.split(/(?=@media)/).flatMap((chunk) => {
  const isDark = chunk.startsWith(DARK)
  // A block of the dark scheme ends with a brace of its own; what follows it holds in both schemes.
  const end = isDark ? chunk.search(/\n\}/) : chunk.length
  const part = (text: string, scheme: 'light' | 'dark') => [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector, body]) => ({
    scheme, selector: selector!.trim(),
    tokens: Object.fromEntries([...body!.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!])),
  }))
  return isDark ? [...part(chunk.slice(DARK.length, end + 1), 'dark'), ...part(chunk.slice(end + 2), 'light')] : part(chunk, 'light')
})

/** The tokens in effect: rules of the light scheme first, those of the dark one over them. */
function tokensOf(accent: string, scheme: 'light' | 'dark', isElder: boolean): Record<string, string> {
  const holds = (selector: string) =>
    selector === ':root' || selector === `html[data-accent='${accent}']` || (isElder && selector === "html[data-mode='elder']")
  const chosen = rules.filter((rule) => holds(rule.selector) && (rule.scheme === 'light' || scheme === 'dark'))
  const weight = (rule: (typeof rules)[number]) => (rule.selector === ':root' ? 0 : 1)
  return Object.assign({}, ...chosen.toSorted((a, b) => weight(a) - weight(b)).map(({ tokens }) => tokens))
}

const GROUNDS = ['--paper', '--card', '--tint'] as const
const PAIRS: Array<[text: string, ground: string]> = [
  ...GROUNDS.flatMap((ground) => ['--ink', '--ink-2', '--ink-3'].map((ink): [string, string] => [ink, ground])),
  ...(['--paper', '--card', '--accent-soft'] as const).map((ground): [string, string] => ['--accent', ground]),
  ['--accent-ink', '--accent'], ['--accent-ink', '--accent-deep'], ['--ink', '--accent-soft'], ['--ink-2', '--accent-soft'],
  ['--band-ink', '--band'], ['--band-ink-2', '--band'], ['--band-ink', '--band-deep'], ['--band-ink-2', '--band-deep'],
  ['--link', '--paper'], ['--link', '--card'], ['--link', '--link-soft'], ['--ink', '--match'],
  ['--ok', '--card'], ['--warn', '--card'], ['--stop', '--card'], ['--stop', '--paper'],
]

const CASES = manifest.accents.flatMap(({ key }) => (['light', 'dark'] as const).flatMap((scheme) =>
  [false, true].map((isElder) => ({ key, scheme, isElder }))))

describe.each(CASES)('$key, $scheme, elder mode $isElder', ({ key, scheme, isElder }) => {
  const tokens = tokensOf(key, scheme, isElder)

  test('every text can be read on every ground it stands on', () => {
    const faint = PAIRS.map(([text, ground]) => [text, ground, contrastRatio(tokens[text]!, tokens[ground]!)] as const)
      .filter(([, , ratio]) => ratio < manifest.contrast.text)
    expect(faint).toEqual([])
  })

  test('is what the manifest says', () => {
    const { accent, accentInk, ground } = manifest.accents.find((each) => each.key === key)![scheme]
    expect([tokens['--accent'], tokens['--accent-ink'], tokens['--paper']]).toEqual([accent, accentInk, ground])
  })
})
