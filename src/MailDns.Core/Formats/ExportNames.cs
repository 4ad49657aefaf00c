namespace MailDns.Formats;

/// <summary>
/// Names that every format can write as they are: letters, digits, hyphens, underscores, and an asterisk as the first label.
/// DNS itself allows any octet (RFC 2181 section 11); such names have no place in a mail set-up and could break out of a format.
/// </summary>
internal static class ExportNames
{
    /// <exception cref="RecordExportException">A name of the set has another character, or the zone is the root.</exception>
    public static void Check(ExportSet set)
    {
        Check(set, set.Owner);
        Check(set, set.Zone);
        foreach (RecordData data in set.Data)
        {
            foreach ((RecordField field, object value) in RecordText.Fields(set.Type, data))
            {
                if (value is DomainName name && !(name.IsRoot && field.AllowsRoot)) Check(set, name);
            }
        }
    }

    /// <summary>True where the name has only characters that need no escape anywhere.</summary>
    public static bool IsPlain(DomainName name)
    {
        string text = name.Text.StartsWith("*.", System.StringComparison.Ordinal) ? name.Text.Substring(2) : name.Text;
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.')) return false;
        }

        return text.Length > 0;
    }

    private static void Check(ExportSet set, DomainName name)
    {
        if (!IsPlain(name))
        {
            throw new RecordExportException(RecordExportFault.Value, set.Place + ": the name " + name + " has other characters than letters, digits, hyphens and underscores.");
        }
    }
}
