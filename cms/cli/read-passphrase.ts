import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { givenEnvironment } from '../env.ts'
import { reasonOf } from './folders.ts'
import { Refusal } from './refusal.ts'

/** A back-up may be copied and guessed at for years: shorter ones are within reach of who has the file. */
const LEAST_CHARACTERS = 12

/**
 * The passphrase of a back-up: from the first line of `file`, from BACKUP_PASSPHRASE, or asked on the terminal, in this
 * order; never from the command line, which everybody on the machine can read.
 * `isNew`: it is chosen now, so it must be long enough and is asked for twice. Throws `Refusal`.
 */
export async function readPassphrase({ file, isNew }: { file: string | undefined, isNew: boolean }): Promise<string> {
  const given = givenEnvironment()
  const passphrase = (
    file !== undefined ? readFirstLine(resolve(given.INIT_CWD ?? '.', file)) : given.BACKUP_PASSPHRASE || await askPassphrase(isNew)
  ).normalize('NFC')
  if (passphrase === '') throw new Refusal('口令是空的。请填写口令后重试。')
  if (isNew && [...passphrase].length < LEAST_CHARACTERS) {
    throw new Refusal(`备份的口令至少要 ${LEAST_CHARACTERS} 个字符：拿到备份文件的人可以无限次地猜。几个互不相关的词连在一起就很好。`)
  }
  return passphrase
}

function readFirstLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? ''
  } catch (error) {
    throw new Refusal(`读不到口令文件 ${path}（${reasonOf(error)}）。请检查路径和权限。`)
  }
}

async function askPassphrase(isNew: boolean): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Refusal('没有口令。请设置环境变量 BACKUP_PASSPHRASE，或用 --passphrase-file 指出只有您能读的口令文件。')
  }
  const first = await askUnseen('备份口令（输入时不显示）：')
  if (isNew && first !== await askUnseen('再输入一次：')) throw new Refusal('两次输入的口令不一样，没有开始备份。请重新运行。')
  return first
}

/** Asks without showing what is typed. */
async function askUnseen(question: string): Promise<string> {
  process.stdout.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const asker = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await new Promise((answer, refuse) => {
      asker.question('', answer)
      asker.once('SIGINT', () => refuse(new Refusal('已取消。')))
      asker.once('close', () => refuse(new Refusal('没有输入口令。')))
    })
  } finally {
    asker.close()
    process.stdout.write('\n')
  }
}
