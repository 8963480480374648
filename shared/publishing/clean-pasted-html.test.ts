import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { cleanPastedHtml } from './clean-pasted-html.ts'

const window = new Window()
const parse = (html: string) => new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document
const clean = (html: string) => cleanPastedHtml(html, parse).html

/** As Word 2019 puts it on the clipboard, shortened. */
const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no; font-family:"等线"} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>关于开展<span
lang=EN-US>2026</span>年度用编核查的通知<o:p></o:p></span></b></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋_GB2312;color:red'>　　各市、县（市、区）委编办：根据工作安排，
现将有关事项通知如下。</span><span lang=EN-US style='display:none;mso-hide:all'>隐藏</span></p>
<p class=MsoListParagraph style='margin-left:21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US style='mso-fareast-font-family:宋体'><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>核查范围<span lang=EN-US><o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span>核查方式</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>实地核查</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>一、<span>&nbsp; </span></span>工作要求</p>
<p class=MsoNormal>请于月底前<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[批1]</a></span>报送。<del>作废内容</del></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>这里再核一下</p></div></div>
<!--EndFragment--></body></html>`

/** As WPS puts it on the clipboard, shortened. */
const WPS = `<html><head><meta name="Generator" content="WPS Office_11.1.0"/><style>@font-face{font-family:"Times New Roman";}</style></head>
<body style="tab-interval:21pt;"><!--StartFragment-->
<h1 style="text-align:center;"><span style="font-family:黑体;font-size:16.0000pt;">实施方案</span></h1>
<h2><span style="font-size:15pt">一、总体要求</span></h2>
<p class="MsoNormal" style="text-indent:32.0000pt;mso-char-indent-count:2.0000;"><span style="mso-spacerun:'yes';font-family:仿宋;font-weight:bold;">&#12288;&#12288;基本原则</span><span style="color:rgb(192,0,0)">坚持依法管理。</span></p>
<table border="1" cellspacing="0" style="width:415.35pt;border-collapse:collapse"><colgroup><col width="100"></colgroup><tbody>
<tr style="height:20pt"><td width="276" colspan="2" style="width:207.6pt;background:#eee"><p class="MsoNormal"><font face="宋体">单位</font></p></td></tr>
<tr><td width="138"><p class="MsoNormal">市委编办</p></td><td width="138"><p class="MsoNormal">12<o:p></o:p></p></td></tr></tbody></table>
<p class="MsoNormal"><img width="300" src="file:///C:/Users/ADMINI~1/AppData/Local/Temp/ksohtml/wps1.png"></p>
<p class="MsoNormal">详见<a href="https://www.example.com/a?b=1" style="color:blue">原文</a>和<a href="javascript:alert(1)">附件</a>。</p>
<!--EndFragment--></body></html>`

describe('text pasted from Word', () => {
  it('keeps words, alignment, emphasis and lists, and nothing of Word', () => {
    expect(clean(WORD)).toBe([
      '<p style="text-align: center"><strong>关于开展2026年度用编核查的通知</strong></p>',
      '<p>各市、县（市、区）委编办：根据工作安排，现将有关事项通知如下。</p>',
      '<ol><li>核查范围</li><li>核查方式<ul><li>实地核查</li></ul></li></ol>',
      '<p>一、工作要求</p>',
      '<p>请于月底前报送。</p>',
    ].join(''))
  })

  it('starts a list at the number where the copied part begins', () => {
    expect(clean(`<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>4)</span>四</p>`))
      .toBe('<ol start="4"><li>四</li></ol>')
  })

  it('keeps a number that somebody typed as text', () => {
    expect(clean('<p class=MsoNormal>　　（一）总体要求</p><p class=MsoNormal>1．主要任务</p>')).toBe('<p>（一）总体要求</p><p>1．主要任务</p>')
  })
})

describe('text pasted from WPS', () => {
  it('keeps headings from h2 on, bold, tables without widths, and safe links', () => {
    expect(clean(WPS)).toBe([
      '<h2>实施方案</h2><h3>一、总体要求</h3>',
      '<p><strong>基本原则</strong>坚持依法管理。</p>',
      '<table><tr><td colspan="2"><p>单位</p></td></tr><tr><td><p>市委编办</p></td><td><p>12</p></td></tr></table>',
      '<p>详见<a href="https://www.example.com/a?b=1">原文</a>和附件。</p>',
    ].join(''))
  })

  it('counts the pictures that it leaves behind', () => {
    expect(cleanPastedHtml(WPS, parse).droppedPictures).toBe(1)
  })
})

describe('text pasted from a web page', () => {
  it('makes paragraphs of bare text and of nested boxes', () => {
    expect(clean('开头<div><div style="color:#333">一段<span style="font-style:italic">强调</span></div><section><p>二段</p></section></div>'))
      .toBe('<p>开头</p><p>一段<em>强调</em></p><p>二段</p>')
  })

  it('keeps spaces between Latin words across line breaks and after emphasis', () => {
    expect(clean('<p>Open\n Data <b>and</b> more</p>')).toBe('<p>Open Data <strong>and</strong> more</p>')
  })

  it('drops scripts and forms', () => {
    expect(clean('<p>字<script>alert(1)</script></p><input value="x"><style>p{}</style>')).toBe('<p>字</p>')
  })

  it('answers the same when it cleans again', () => {
    for (const html of [WORD, WPS]) expect(clean(clean(html))).toBe(clean(html))
  })
})
