import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { type Issue, refusal } from '../issue.ts'
import { CHINESE_WORDS, OFFICE_WORDS } from './password-words.ts'

/** Twelve characters of which three kinds are mixed: what “complex” is taken to mean (GB/T 22239, identity). */
export const MIN_PASSWORD_LENGTH = 12
/** Long enough for any sentence; longer ones would only keep the server busy. Nothing is ever cut off. */
export const MAX_PASSWORD_LENGTH = 128
/** The present password and those before it that may not come back. */
export const REMEMBERED_PASSWORDS = 5
const MIN_CHARACTER_KINDS = 3
/** Ten thousand million guesses: with five attempts in a quarter of an hour nobody lives that long, and a stolen hash costs years. */
const MIN_GUESSES_LOG10 = 10
/** Shorter parts of a name or address are found in any text. */
const MIN_PERSONAL_LENGTH = 3

const estimator = new ZxcvbnFactory({
  dictionary: { ...dictionary, chinese: [...CHINESE_WORDS] }, graphs: adjacencyGraphs, maxLength: MAX_PASSWORD_LENGTH, useLevenshteinDistance: false,
})

const ADVICE = `请换一个至少 ${MIN_PASSWORD_LENGTH} 位、大小写字母、数字和符号混用、没有规律的密码，例如由四个不相干的词夹数字和符号组成。`
const MOBILE_NUMBER = /1[3-9]\d{9}/
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d\s]/]

/**
 * Judges a new password. All findings at once, each saying what is wrong and what would be right.
 * @param personal what others know of the person: name in characters and pinyin, parts of the e-mail address, site and unit
 */
export function judgePassword(password: string, personal: readonly string[] = []): Issue[] {
  const length = [...password].length
  if (length > MAX_PASSWORD_LENGTH) return [issue('password-too-long', `密码太长（${length} 位），最多 ${MAX_PASSWORD_LENGTH} 位。请缩短。`)]
  const issues: Issue[] = []
  if (length < MIN_PASSWORD_LENGTH) issues.push(issue('password-too-short', `密码太短（${length} 位），至少要 ${MIN_PASSWORD_LENGTH} 位。请加长，例如多用几个不相干的词。`))
  if (/[\p{Cc}\p{Cf}]/u.test(password) || password !== password.trim()) {
    issues.push(issue('password-unprintable', '密码的开头、结尾不能有空格，中间不能有看不见的字符。请重新输入，不要从别处粘贴。'))
  }
  if (KINDS.filter((kind) => kind.test(password)).length < MIN_CHARACTER_KINDS) {
    issues.push(issue('password-too-plain', '密码太单一：大写字母、小写字母、数字、符号中至少要有三种。请补上缺少的种类，例如加一个符号。'))
  }
  const known = personalPart(password, personal)
  const common = MOBILE_NUMBER.exec(password)?.[0] ?? OFFICE_WORDS.find((word) => password.toLowerCase().includes(word))
  if (known) {
    issues.push(issue('password-personal', `密码里有“${known}”，与您的姓名、邮箱或单位有关，别人容易猜到。请去掉。`))
  } else if (common) {
    issues.push(issue('password-office-word', `密码里有“${common}”，是手机号或单位、地方的名称，别人容易猜到。请去掉。`))
  } else if (length >= MIN_PASSWORD_LENGTH) {
    issues.push(...judgeGuesses(password, personal))
  }
  return issues
}

function judgeGuesses(password: string, personal: readonly string[]): Issue[] {
  const { guessesLog10, sequence } = estimator.check(password, [...personal])
  if (guessesLog10 >= MIN_GUESSES_LOG10) return []
  const reasons = [...new Set(sequence.map(({ pattern, token, dictionaryName }) => reasonFor(pattern, String(token), dictionaryName)).filter(Boolean))]
  return [issue('password-guessable', `密码容易被猜到${reasons.length > 0 ? `：${reasons.join('，')}` : ''}。${ADVICE}`)]
}

function reasonFor(pattern: string, token: string, dictionaryName: unknown): string {
  switch (pattern) {
    case 'dictionary': return dictionaryName === 'chinese' ? `“${token}”是常用的拼音、数字或本行业词语` : `“${token}”是常见密码或单词`
    case 'spatial': return `“${token}”是键盘上相邻的键`
    case 'repeat': return `“${token}”是重复`
    case 'sequence': return `“${token}”是连续的字母或数字`
    case 'date': return `“${token}”像日期`
    case 'regex': return `“${token}”像年份`
    default: return ''
  }
}

/** The longest known part that the password contains, whatever its case. */
function personalPart(password: string, personal: readonly string[]): string | undefined {
  const folded = password.toLowerCase()
  return personal
    .filter((part) => [...part].length >= (/\p{Script=Han}/u.test(part) ? 2 : MIN_PERSONAL_LENGTH))
    .toSorted((one, other) => other.length - one.length)
    .find((part) => folded.includes(part.toLowerCase()))
}

const issue = (code: string, message: string) => refusal(code, message, 'password')
