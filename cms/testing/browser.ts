import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from './chromium.ts'

/** A real browser; `*.localhost` goes to this machine by the browser's own rule. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium')
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS })
}

/** Takes a picture of the whole page where PICTURES_DIR asks for pictures. */
export async function picture(page: Page, folder: string | undefined, name: string): Promise<void> {
  if (!folder) return
  const path = `${folder}/${name}.png`
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path, fullPage: true })
}
