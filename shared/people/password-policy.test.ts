import { describe, expect, it } from 'vitest'
import { judgePassword, MAX_PASSWORD_LENGTH } from './password-policy.ts'

const codes = (password: string, personal: readonly string[] = []) => judgePassword(password, personal).map(({ code }) => code)
const PERSON = ['许文远', 'xuwenyuan', 'wenyuan', 'security-admin', 'kunshan']

describe('a password', () => {
  it.each(['kV7-tqm2-Rz9w-Hx4', '霜降-Qiao-7-竹篮-moju', 'Correct7horse,battery-staple', 'r9!Lmv#2Tq0z', '江面Bo8动了;四颗Teng'])('“%s” is good', (password) => {
    expect(judgePassword(password, PERSON)).toEqual([])
  })

  it('is at least twelve and at most 128 characters, each counted as the person sees it', () => {
    expect(codes('kV7-tqm2-Rz')).toContain('password-too-short')
    expect(codes('😀V7-tqm2-Rz')).toContain('password-too-short')
    expect(codes(`kV7-tqm2-Rz9w-Hx4${'霜Ab7'.repeat(27)}xyz`.slice(0, MAX_PASSWORD_LENGTH))).not.toContain('password-too-long')
    expect(codes(`kV7-tqm2-Rz9w-Hx4${'霜Ab7'.repeat(40)}`)).toEqual(['password-too-long'])
  })

  it('mixes three kinds of characters', () => {
    expect(codes('qzmvxkrwtplj')).toContain('password-too-plain')
    expect(codes('qzmvxkrw71948')).toContain('password-too-plain')
    expect(codes('qzmvxkRw71948')).toEqual([])
  })

  it('has no invisible characters that nobody could type again', () => {
    expect(codes('kV7-tqm2​-Rz9w-Hx4')).toEqual(['password-unprintable'])
    expect(codes(' kV7-tqm2-Rz9w-Hx4')).toEqual(['password-unprintable'])
    expect(codes('kV7-tqm2\u0000-Rz9w-Hx4')).toEqual(['password-unprintable'])
  })

  it.each([
    'Password1234!', 'Woaini1314520!', 'Woaini1314..', 'Qwertyuiop123!', '1qaz@WSX3edc', 'Zhangwei1990!!',
    'Wangfang19851012', 'Aa123456789!', 'Admin@123456', 'P@ssw0rd2026!', 'Abcd1234!@#$', 'Qq5201314!!!', 
    'Aaaaaaaaaaa1!', 'Zxcvbnm,./123A',
  ])('“%s” is guessed at once', (password) => {
    expect(codes(password)).toContain('password-guessable')
  })

  it.each(['Bianban@2026', 'tq9-Jsbb@mz4vx', 'Suzhou#Bianban1', 'Nanjing@123456', 'KunShan-tq9-mz-4vx', 'tq9-Mz-13812345678'])('“%s” names an office, a place or a telephone', (password) => {
    expect(codes(password)).toEqual(['password-office-word'])
  })

  it.each(['xuWenYuan-7tqm2-Rz9', 'kV7-许文远-Rz9w', 'Security-Admin-tq9-mz', 'KunShan-tq9-mz-4vx'])('“%s” is about the person', (password) => {
    expect(codes(password, PERSON)).toEqual(['password-personal'])
  })

  it('short parts of a name do not stand in the way', () => {
    expect(codes('kV7-tqm2-Rz9w-Hx4', ['v7', 'Hx', '王'])).toEqual([])
  })

  it('is refused in sentences that say what is wrong and what would be right', () => {
    const [issue] = judgePassword('Woaini1314520!')
    expect(issue).toMatchObject({ path: 'password', severity: 'error' })
    expect(issue!.message).toMatch(/容易被猜到.*请换一个至少 12 位/)
    expect(judgePassword('abc').map(({ message }) => message).every((message) => message.includes('请'))).toBe(true)
  })

  it('is judged in bounded time, however it is made', () => {
    expect(codes('aB1-'.repeat(32))).toEqual(['password-guessable'])
  })
})
