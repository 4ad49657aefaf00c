using System;

namespace MailDns.Sending;

/// <summary>A name that a record points to, as it stands there.</summary>
internal sealed class RecordName
{
    public RecordName(string text, string place, bool isHost, Func<string, ResourceRecord?> rename)
    {
        Text = text.Length > 1 && text[text.Length - 1] == '.' ? text.Substring(0, text.Length - 1) : text;
        Place = place;
        IsHost = isHost;
        Rename = rename;
    }

    /// <summary>The name; a character is an octet.</summary>
    public string Text { get; }

    /// <summary>Where it stands, e.g. "the SPF record at example.com".</summary>
    public string Place { get; }

    /// <summary>True for a host that takes mail: no underscore (RFC 5321 section 2.3.5).</summary>
    public bool IsHost { get; }

    /// <summary>The record with another name in its place; null where none can be made.</summary>
    public Func<string, ResourceRecord?> Rename { get; }
}
