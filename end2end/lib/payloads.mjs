// 150 texts that become a script when a page forgets to escape them (bar B3). Each calls `xss` with its number, and none is
// longer than a customer's name may be. Collected by place: text, attribute, address, script, odd parsers, odd encodings.

/** Every payload, by number from 1. */
export const PAYLOADS = [...texts(), ...attributes(), ...addresses(), ...scripts(), ...parsers(), ...encodings()].map((make, n) => make(`xss(${n + 1})`));

function texts() {
  const events = ["img src=x onerror", "img src onerror", "image src=x onerror", "svg onload", "body onload", "video src=x onerror", "audio src=x onerror", "input autofocus onfocus",
    "select autofocus onfocus", "textarea autofocus onfocus", "button autofocus onfocus", "details open ontoggle", "iframe onload", "object data=x onerror", "embed src=x onload",
    "style onload", "body onpageshow", "a href=# autofocus onfocus", "div contenteditable autofocus onfocus", "p tabindex=1 autofocus onfocus", "svg><animate attributeName=x dur=1s onbegin",
    "svg><set attributeName=x onbegin", "video><source onerror", "link rel=stylesheet href=x onerror", "img srcset=x onerror", "picture><img srcset=x onerror", "frameset onload", "svg><image href=x onerror"];
  return [
    (js) => `<script>${js}</script>`,
    (js) => `<ScRiPt>${js}</sCrIpT>`,
    (js) => `<script >${js}</script >`,
    (js) => `<script/x>${js}</script/x>`,
    (js) => `<script\t>${js}</script>`,
    (js) => `<<script>${js}//<</script>`,
    (js) => `<script>/*<!--*/${js}</script>`,
    (js) => `<svg><script>${js}</script></svg>`,
    (js) => `<svg><script>${js.replace("(", "&#40;").replace(")", "&#41;")}</script></svg>`,
    (js) => `<script type=module>${js}</script>`,
    (js) => `<script src="data:text/javascript,${js}"></script>`,
    (js) => `<iframe srcdoc="<script>parent.${js}</script>"></iframe>`,
    (js) => `<iframe src="javascript:parent.${js}"></iframe>`,
    (js) => `<object data="javascript:${js}"></object>`,
    (js) => `<embed src="javascript:${js}">`,
    (js) => `<img src=x onerror=${js.replace("(", "&lpar;").replace(")", "&rpar;")}>`,
    (js) => `<img/src="x"/onerror=${js}>`,
    (js) => `<img src=x onerror="${js}">`,
    (js) => `<img src='x' onerror='${js}'>`,
    (js) => `<img src=\`x\` onerror=${js}>`,
    (js) => `<IMG SRC=x ONERROR=${js}>`,
    (js) => `<img src=x:x onerror=setTimeout('${js}')>`,
    (js) => `<x onfocus=${js} tabindex=1 autofocus>`,
    (js) => `<custom-x oncontentvisibilityautostatechange=${js} style=display:block;content-visibility:auto>`,
    ...events.map((tag) => (js) => `<${tag}=${js}>`),
  ];
}

function attributes() {
  return [
    (js) => `"><script>${js}</script>`,
    (js) => `'><script>${js}</script>`,
    (js) => `"><img src=x onerror=${js}>`,
    (js) => `'><img src=x onerror=${js}>`,
    (js) => `><img src=x onerror=${js}>`,
    (js) => `"><svg/onload=${js}>`,
    (js) => `" autofocus onfocus=${js} x="`,
    (js) => `' autofocus onfocus=${js} x='`,
    (js) => ` autofocus onfocus=${js} `,
    (js) => `" onfocus="${js}" autofocus="`,
    (js) => `' onfocus='${js}' autofocus='`,
    (js) => `x" style="animation-name:x" onanimationstart="${js}`,
    (js) => `" onmouseover="${js}`,
    (js) => `" onclick="${js}" accesskey="x`,
    (js) => `"/autofocus/onfocus="${js}`,
    (js) => `"\tautofocus\tonfocus="${js}`,
    (js) => `" ontransitionend=${js} style="transition:1s`,
    (js) => `" type=image src=x onerror="${js}`,
    (js) => `" srcdoc="<script>${js}</script>`,
    (js) => `" formaction="javascript:${js}`,
    (js) => `&quot;&gt;&lt;img src=x onerror=${js}&gt;`,
    (js) => `&#34;&#62;&#60;img src=x onerror=${js}&#62;`,
    (js) => `\\"><img src=x onerror=${js}>`,
    (js) => `%22%3E%3Cimg%20src=x%20onerror=${js}%3E`,
    (js) => `\`\`onfocus=${js} autofocus`,
    (js) => `"}--><img src=x onerror=${js}>`,
  ];
}

function addresses() {
  return [
    (js) => `javascript:${js}`,
    (js) => `JaVaScRiPt:${js}`,
    (js) => `java\tscript:${js}`,
    (js) => `javascript://service4.ultipro.com/%0a${js}`,
    (js) => `https://service4.ultipro.com/"onfocus=${js} autofocus x="`,
    (js) => `https://service4.ultipro.com/'onfocus=${js} autofocus x='`,
    (js) => `https://contoso.ultipro.com/"><img src=x onerror=${js}>`,
    (js) => `https://contoso.ultipro.com/<svg/onload=${js}>`,
    (js) => `https://evil.example/"autofocus/onfocus=${js}//`,
    (js) => `https://evil.example/?x=<script>${js}</script>`,
    (js) => `https://evil.example/#<img src=x onerror=${js}>`,
    (js) => `https://"onfocus=${js} autofocus".ultipro.com/`,
    (js) => `https://<img src=x onerror=${js}>.ultipro.com`,
    (js) => `http://[[REQUIRES CONFIGURATION]]"><img src=x onerror=${js}>`,
    (js) => `data:text/html,<script>parent.${js}</script>`,
    (js) => `data:text/html;base64,PHNjcmlwdD54c3Mo;${js}`,
    (js) => `vbscript:${js}`,
    (js) => `//evil.example/x.js?${js}`,
    (js) => `service4.ultipro.com"onfocus=${js} autofocus x="`,
    (js) => `<a href="javascript:${js}">x</a>`,
    (js) => `<form action="javascript:${js}"><button autofocus>`,
    (js) => `<meta http-equiv=refresh content="0;url=javascript:${js}">`,
    (js) => `<base href="javascript:${js}//">`,
  ];
}

function scripts() {
  return [
    (js) => `</script><script>${js}</script>`,
    (js) => `';${js}//`,
    (js) => `";${js}//`,
    (js) => `\\';${js}//`,
    (js) => `\`;${js}//`,
    (js) => `\${${js}}`,
    (js) => `{{${js}}}`,
    (js) => `{{constructor.constructor('${js}')()}}`,
    (js) => `#{${js}}`,
    (js) => `<%= ${js} %>`,
    (js) => `'-${js}-'`,
    (js) => `"-${js}-"`,
    (js) => `*/${js}/*`,
    (js) => `**<img src=x onerror=${js}>**`,
    (js) => `[x](javascript:${js})`,
    (js) => `[<img src=x onerror=${js}>](account#how-2)`,
  ];
}

function parsers() {
  return [
    (js) => `</title><script>${js}</script>`,
    (js) => `</textarea><script>${js}</script>`,
    (js) => `</style><script>${js}</script>`,
    (js) => `</noscript><img src=x onerror=${js}>`,
    (js) => `</option></select><img src=x onerror=${js}>`,
    (js) => `</svg><img src=x onerror=${js}>`,
    (js) => `--><img src=x onerror=${js}>`,
    (js) => `--!><img src=x onerror=${js}>`,
    (js) => `]]><img src=x onerror=${js}>`,
    (js) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
    (js) => `<math><mi//xlink:href="data:x,${js}"><img src=x onerror=${js}>`,
    (js) => `<math><mtext><table><mglyph><style><img src=x onerror=${js}>`,
    (js) => `<svg></p><style><a id="</style><img src=x onerror=${js}>">`,
    (js) => `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${js}>`,
    (js) => `<template><img src=x onerror=${js}></template><img src=x onerror=${js}>`,
    (js) => `<table><td><img src=x onerror=${js}></table>`,
    (js) => `<xmp><p title="</xmp><img src=x onerror=${js}>">`,
    (js) => `<plaintext/onload=1><img src=x onerror=${js}>`,
  ];
}

function encodings() {
  return [
    (js) => `<img src=x onerror=&#x78;&#x73;&#x73;${js.slice(3)}>`,
    (js) => `<img src=x onerror=\\u0078ss${js.slice(3)}>`,
    (js) => `\u00a0<img src=x onerror=${js}>\u00a0`,
    (js) => `e\u0301<svg onload=${js}>\u0301`,
    (js) => `\ufeff<script>${js}</script>`,
    (js) => `＜img src=x onerror=${js}＞`,
    (js) => `\u2028<img src=x onerror=${js}>`,
    (js) => `+ADw-script+AD4-${js}+ADw-/script+AD4-`,
    (js) => `&lt;img src=x onerror=${js}&gt;`,
    (js) => `&amp;lt;script&amp;gt;${js}`,
    (js) => `%3Cscript%3E${js}%3C/script%3E`,
    (js) => `\\x3cscript\\x3e${js}\\x3c/script\\x3e`,
    (js) => `\\u003cimg src=x onerror=${js}\\u003e`,
    (js) => `<img src=x onerror\u00a0=${js}>`,
    (js) => `<img\u000csrc=x\u000conerror=${js}>`,
  ];
}
