import { type Issue, refusal } from '@cluster/shared/issue'

/** A list in a table in a list of the editor nests some thirty deep; what nests deeper was not written by a person. */
export const JSON_DEPTH = 64
/** Names by which a program would reach the prototype of every object. */
const PROTOTYPE_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype']
/** PostgreSQL keeps no NUL, and half a surrogate pair is no character. */
// eslint-disable-next-line no-control-regex
const NO_TEXT = /\u0000|\p{Surrogate}/u

/** True for text that can be kept and shown as it came. */
export const isText = (text: string): boolean => !NO_TEXT.test(text)

/**
 * What makes parsed JSON unfit to be worked on, or null: nesting that would exhaust the stack of whoever walks it, names that
 * reach prototypes, text that no database keeps. Walks with a list of its own, not with the stack.
 */
export function unsafeIssue(value: unknown): Issue | null {
  const open: Array<{ value: unknown; depth: number }> = [{ value, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: here, depth } = next
    if (typeof here === 'string' && !isText(here)) return refusal('unusable-text', '内容里有无法保存的字符（空字符或残缺的字符）。请重新输入这一段文字。')
    if (typeof here !== 'object' || here === null) continue
    if (depth >= JSON_DEPTH) return refusal('too-deep', `内容嵌套超过 ${JSON_DEPTH} 层，无法处理。请减少列表或表格的层次。`)
    for (const [name, inner] of Object.entries(here)) {
      if (PROTOTYPE_NAMES.includes(name)) return refusal('unusable-name', '请求里有不允许的字段名，没有处理。')
      if (!isText(name)) return refusal('unusable-text', '请求里有无法保存的字段名，没有处理。')
      open.push({ value: inner, depth: depth + 1 })
    }
  }
  return null
}
