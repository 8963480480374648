'use client'

import { COMMAND_PRIORITY_HIGH, PASTE_COMMAND } from '@payloadcms/richtext-lexical/lexical'
import { useLexicalComposerContext } from '@payloadcms/richtext-lexical/lexical/react/LexicalComposerContext'
import { toast } from '@payloadcms/ui'
import { useEffect } from 'react'
import { cleanPastedHtml } from '@cluster/shared/publishing/clean-pasted-html'

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html')

/**
 * Puts cleaned HTML in the place of what Word, WPS or a page had on the clipboard, and lets the editor paste that.
 * Text copied within the editor is clean already.
 */
export function CleanPastePlugin() {
  const [editor] = useLexicalComposerContext()
  useEffect(() => {
    const own = new WeakSet<Event>()
    return editor.registerCommand(PASTE_COMMAND, (event) => {
      const clipboard = 'clipboardData' in event ? event.clipboardData : null
      const html = clipboard?.getData('text/html') ?? ''
      if (own.has(event) || !clipboard || !html || clipboard.getData('application/x-lexical-editor')) return false
      event.preventDefault()
      const cleaned = cleanPastedHtml(html, parse)
      if (cleaned.droppedPictures > 0) {
        toast.info(`粘贴的内容里有 ${cleaned.droppedPictures} 张图片没有带过来。请用工具栏的“上传”插入图片，并填写替代文字。`, { duration: 10_000 })
      }
      if (!cleaned.html) return true
      const transfer = new DataTransfer()
      transfer.setData('text/html', cleaned.html)
      transfer.setData('text/plain', clipboard.getData('text/plain'))
      const cleanEvent = new ClipboardEvent('paste', { clipboardData: transfer, cancelable: true })
      own.add(cleanEvent)
      return editor.dispatchCommand(PASTE_COMMAND, cleanEvent)
    }, COMMAND_PRIORITY_HIGH)
  }, [editor])
  return null
}
