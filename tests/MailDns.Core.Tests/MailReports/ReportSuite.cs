using System.Text.Json;

namespace MailDns.Core.Tests.MailReports;

/// <summary>The conformance suite of reports, where it lies beside the repository.</summary>
internal static class ReportSuite
{
    private static readonly Lazy<string?> s_folder = new(Find);

    public static string? Folder => s_folder.Value;

    public static JsonElement Expected(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, file))).RootElement;

    private static string? Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string candidate = Path.Combine(folder, "shared", "conformance", "reports");
            if (File.Exists(Path.Combine(candidate, "expected.json"))) return candidate;
        }

        return null;
    }
}
