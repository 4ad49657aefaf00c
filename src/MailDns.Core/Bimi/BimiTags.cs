using System;

namespace MailDns.Bimi;

/// <summary>The tags of a BIMI record.</summary>
internal static class BimiTags
{
    public const string Version = "v";
    public const string Location = "l";
    public const string Evidence = "a";
    public const string LocalParts = "lps";
    public const string Avatar = "avp";

    private static readonly string[] s_known = { Version, Location, Evidence, LocalParts, Avatar };

    public static bool IsKnown(string name) => Array.IndexOf(s_known, name) >= 0;
}
