using System.Text;

namespace MailDns.Formats;

/// <summary>Quoted templates of HCL native syntax (Terraform): the escapes of its strings, and no interpolation.</summary>
internal static class HclText
{
    /// <summary>The text in double quotes; <c>${</c> and <c>%{</c>, which begin a template, are written so that they do not.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is '$' or '%' && i + 1 < value.Length && value[i + 1] == '{')
                AppendMarker(text, c, i > 0 && value[i - 1] == c);
            else if (c is >= ' ' and <= '~')
                text.Append(c);
            else
                JsonText.AppendUnicode(text, c);
        }

        return text.Append('"').ToString();
    }

    // $${ is a literal ${. After another dollar sign it would be read from the wrong one.
    private static void AppendMarker(StringBuilder text, char c, bool repeats)
    {
        if (repeats)
            JsonText.AppendUnicode(text, c);
        else
            text.Append(c).Append(c);
    }
}
