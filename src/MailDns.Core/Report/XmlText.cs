using System.Globalization;
using System.Text;
using System.Xml;

namespace MailDns.Report;

/// <summary>Text that XML 1.0 can carry (section 2.2): what it forbids, and what the eye would not see, becomes <c>\uXXXX</c>.</summary>
internal static class XmlText
{
    public static string Escape(string text)
    {
        var builder = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n' || (VisibleText.IsVisible(text, i) && (char.IsSurrogate(c) || XmlConvert.IsXmlChar(c))))
            {
                builder.Append(c);
            }
            else
            {
                builder.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return builder.ToString();
    }
}
