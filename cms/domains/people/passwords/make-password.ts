import { randomInt } from 'node:crypto'
import { judgePassword } from '@cluster/shared/people/password-policy'
import { isPermitted } from '@cluster/shared/issue'

/** Without the signs that are taken for one another on paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GROUPS = 4
const GROUP_LENGTH = 4

/** A first password that is read out or written down: sixteen random signs in groups, good by the rules that hold for everybody. */
export function makePassword(): string {
  for (;;) {
    const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
    const password = Array.from({ length: GROUPS }, group).join('-')
    if (isPermitted(judgePassword(password))) return password
  }
}
