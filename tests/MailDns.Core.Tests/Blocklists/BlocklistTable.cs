using System.Linq;
using System.Text;
using MailDns.Blocklists;

namespace MailDns.Core.Tests.Blocklists;

/// <summary>The tables of docs/blocklists.md: every shipped list, and every answer with its meaning.</summary>
internal static class BlocklistTable
{
    public static string Write(BlocklistCatalog catalog)
    {
        var text = new StringBuilder("| id | list | zone | entries of | asked by Default | documented | notes |\n|---|---|---|---|---|---|---|\n");
        foreach (Blocklist list in catalog.All)
        {
            string[] notes =
            {
                list.NeedsRegistration ? "Needs registration." : string.Empty,
                list.RefusesPublicResolvers ? "Refuses resolvers that many share." : string.Empty,
                list.Note ?? string.Empty,
            };
            Row(
                text,
                "`" + list.Id + "`",
                list.Name,
                "`" + list.Zone + "`",
                string.Join(", ", list.Kinds),
                list.IsDefault ? "yes" : "no",
                "[page](" + list.DocumentationUri + "), " + list.Checked + (list.DelistUri is { } entries ? "; [entries](" + entries + ")" : string.Empty),
                string.Join(" ", notes.Where(note => note.Length > 0)));
        }

        text.Append("\n| id | answer | meaning | weight |\n|---|---|---|---|\n");
        foreach (Blocklist list in catalog.All)
        {
            foreach (BlocklistCode code in list.Codes)
                Row(text, "`" + list.Id + "`", code.Text, code.Meaning, code.Weight.ToString());
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, params string[] cells) => text.Append("| ").Append(string.Join(" | ", cells)).Append(" |\n");
}
