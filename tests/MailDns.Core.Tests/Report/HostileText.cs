using System;
using System.Collections.Generic;
using System.Linq;

namespace MailDns.Core.Tests.Report;

/// <summary>Text that would be more than text if a report let it.</summary>
internal static class HostileText
{
    private static readonly Dictionary<string, string> s_texts = new(StringComparer.Ordinal)
    {
        ["script"] = "</script><script>window.pwned = 1</script>",
        ["image"] = "\"><img src=x onerror=\"window.pwned = 1\">",
        ["attribute"] = "' onfocus='window.pwned = 1' autofocus tabindex='1",
        ["bare attribute"] = "x onmouseover=window.pwned=1 ",
        ["vector"] = "</text></svg><svg onload=window.pwned=1>",
        ["title"] = "</title></style></textarea><script>window.pwned = 1</script>",
        ["comment"] = "--><script>window.pwned = 1</script><!--",
        ["section"] = "]]><script>window.pwned = 1</script>",
        ["entity"] = "&lt;script&gt;&#60;b&#62;&amp;",
        ["address"] = "javascript:window.pwned=1",
        ["link"] = "https://example.net/\" onclick=\"window.pwned=1",
        ["meta"] = "<meta http-equiv=refresh content='0;url=https://example.net/'><base href='https://example.net/'>",
        ["right to left"] = "safe\u202Eevil\u2066\u200B\uFEFF",
        ["escape"] = "\u001B[31mred\u0007\u009B",
        ["nul"] = "a\0b\uFFFE\uD800",
        ["form"] = "<form action=https://example.net/><input name=a></form>",
        ["frame"] = "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
        ["long"] = string.Concat(Enumerable.Repeat("<b>\"'&", 11000)),
    };

    public static IEnumerable<object[]> All => s_texts.Keys.Select(name => new object[] { name });

    public static string Of(string name) => s_texts[name];
}
