import { writeFileSync } from 'node:fs'
import { digestOf, ISSUED_FILE, issuedDigests } from './issued.ts'
import { MANIFESTS } from './manifests.ts'
import { isRelease } from './registry.ts'

/**
 * Writes down the digest of a release on the day it is issued: `node themes/record-issue.ts standard-2`. Once only:
 * what sites already run must not become something else under the same name.
 */
const [release = ''] = process.argv.slice(2)
const issued = issuedDigests()
const problem = !isRelease(release)
  ? `没有模板“${release}”。请写 registry.ts 里的编号。`
  : issued[release]
    ? `模板“${release}”已经发布过，摘要不能改写。要改样子，请做下一版。`
    : MANIFESTS[release].issuedOn === null
      ? `模板“${release}”的 manifest.ts 还没有写发布日期（issuedOn）。请先写上，再登记。`
      : null
if (problem) {
  console.error(problem)
  process.exitCode = 1
} else {
  writeFileSync(ISSUED_FILE, `${JSON.stringify({ ...issued, [release]: digestOf(release) }, null, 2)}\n`)
}
