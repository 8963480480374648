const BROWSERS: ReadonlyArray<readonly [RegExp, string]> = [
  [/MicroMessenger/, '微信'], [/QQBrowser/, 'QQ 浏览器'], [/Edg(?:e|A|iOS)?\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\/|FxiOS/, '火狐浏览器'], [/Chrome\/|CriOS/, '谷歌内核浏览器'], [/Safari\//, 'Safari'],
]
const SYSTEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/HarmonyOS/, '鸿蒙'], [/Android/, '安卓'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Kylin|UOS|deepin/i, '国产 Linux'], [/Linux/, 'Linux'],
]

/** A browser's own description → words in which its owner knows it again: “Edge · Windows”. */
export function describeDevice(userAgent: string | null | undefined): string {
  if (!userAgent) return '未知设备'
  const named = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(userAgent))?.[1]
  const words = [named(BROWSERS), named(SYSTEMS)].filter(Boolean)
  return words.length > 0 ? words.join(' · ') : '其他程序'
}
