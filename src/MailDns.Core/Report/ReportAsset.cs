using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace MailDns.Report;

/// <summary>The style sheet or the script of the HTML report, from the assembly, with the hash that its policy names.</summary>
internal sealed class ReportAsset
{
    private ReportAsset(string element, string file)
    {
        Element = element;
        Text = Load(file);
        if (Text.IndexOf("</", StringComparison.Ordinal) >= 0)
            throw new InvalidOperationException(file + " would close its own element.");

        // CSP level 3 section 6.6.2.2: the hash is of the element's text, as UTF-8.
        using SHA256 hash = SHA256.Create();
        Source = "'sha256-" + Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(Text))) + "'";
    }

    public static ReportAsset Style { get; } = new("style", "report.css");

    public static ReportAsset Script { get; } = new("script", "report.js");

    /// <summary>style or script.</summary>
    public string Element { get; }

    public string Text { get; }

    /// <summary>The source expression for the content security policy.</summary>
    public string Source { get; }

    private static string Load(string file)
    {
        using Stream stream = typeof(ReportAsset).Assembly.GetManifestResourceStream("MailDns.Report." + file)
            ?? throw new InvalidOperationException("The assembly lacks " + file + ".");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // An HTML parser turns CR LF into LF before the text is hashed.
        return "\n" + reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
