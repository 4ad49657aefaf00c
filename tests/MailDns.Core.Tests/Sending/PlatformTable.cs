using System.Text;

namespace MailDns.Core.Tests.Sending;

/// <summary>docs/platforms.md: every shipped platform and every value with its source.</summary>
internal static class PlatformTable
{
    public static string Write(SendingProviderCatalog catalog)
    {
        var text = new StringBuilder();
        text.Append("# Platforms\n\nWritten by a test from `module/providers`; see [providers.md](providers.md) for how to use and write profiles.\n\n");
        text.Append(catalog.All.Count).Append(" profiles. `-Provider` takes the id, the name or an alias.\n\n");
        text.Append("| id | platform | kind | Return-Path | runs on | groups | values to give |\n|---|---|---|---|---|---|---|\n");
        foreach (SendingProvider provider in catalog.All)
        {
            Row(
                text,
                "`" + provider.Id + "`" + (provider.Aliases.Length == 0 ? string.Empty : " (" + string.Join(", ", provider.Aliases) + ")"),
                provider.Name,
                provider.Kind.ToString(),
                provider.ReturnPath.ToString(),
                Dash(string.Join(", ", provider.Underlying)),
                Dash(string.Join(", ", provider.Groups.Select(group => "`" + group.Name + "`" + (group.IsDefault ? " (default)" : string.Empty)))),
                Dash(string.Join(", ", provider.Parameters.Select(parameter => "`" + parameter.Name + "`" + (parameter.Choices.Length == 0 ? string.Empty : " (" + string.Join(", ", parameter.Choices) + ")")))));
        }

        text.Append("\n## Recognised only\n\n`Find-SendingProvider` also names these. The platforms do not publish their values where they could be read, so there is no profile:\n\n");
        text.Append(string.Join(", ", catalog.Recognised.Select(provider => provider.Name).OrderBy(name => name, StringComparer.Ordinal))).Append(".\n");
        text.Append("\n## Every value with its source\n\n| profile | role | host | type | content | made | source |\n|---|---|---|---|---|---|---|\n");
        foreach (SendingProvider provider in catalog.All)
        {
            foreach (SendingProviderRecord record in provider.Records)
            {
                Row(
                    text,
                    provider.Id,
                    record.Role + (record.Selector is { } selector ? " (`" + selector + "`)" : string.Empty),
                    "`" + record.Host + "`",
                    record.RecordType,
                    "`" + record.Content + "`",
                    record.Legacy ? "legacy" : record.Group is { } group ? "group " + group : record.Required ? "always" : "with a value",
                    record.Source + (record.Confidence == SendingProviderConfidence.High ? string.Empty : " (" + record.Confidence.ToString().ToLowerInvariant() + ")"));
            }
        }

        text.Append("\n## No longer asked for\n\n| profile | role | value | in its place | source |\n|---|---|---|---|---|\n");
        foreach (SendingProvider provider in catalog.All)
        {
            foreach (SendingProviderObsoleteValue old in provider.Obsolete)
                Row(text, provider.Id, old.Role.ToString(), "`" + old.Value + "`", old.Replacement is { } replacement ? "`" + replacement + "`" : "nothing", old.Source);
        }

        return text.ToString();
    }

    private static string Dash(string text) => text.Length == 0 ? "-" : text;

    private static void Row(StringBuilder text, params string[] cells) => text.Append("| ").Append(string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))).Append(" |\n");
}
