export type FaultKind =
  /** It does not begin as a back-up does. */
  | 'foreign'
  /** The passphrase does not open it (or the few bytes that it is checked against are damaged). */
  | 'passphrase'
  /** It was cut short or changed. */
  | 'damaged'
  /** It was written by a newer product. */
  | 'newer'

const SENTENCES: Record<FaultKind, string> = {
  foreign: '不是本系统的备份文件。请核对路径；备份文件由 npm run backup 生成。',
  passphrase: '打不开：口令不对，或文件开头已损坏。请核对口令后重试；什么都没有改动。',
  damaged: '已损坏或不完整，读不到结尾。请换用另一份备份；什么都没有改动。',
  newer: '由更新版本的系统生成，这个版本读不了。请先升级本系统，再恢复；什么都没有改动。',
}

/** A back-up that cannot be used; the message is a sentence for the operator. */
export class BackupFault extends Error {
  override name = 'BackupFault'
  readonly kind: FaultKind

  constructor(kind: FaultKind, path: string, options?: ErrorOptions) {
    super(`备份文件 ${path} ${SENTENCES[kind]}`, options)
    this.kind = kind
  }
}
