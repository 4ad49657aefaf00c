namespace MailDns;

/// <summary>Where a profile's values come from.</summary>
public sealed class SendingProviderSource
{
    internal SendingProviderSource(string id, string title, string? url, bool firstParty, string? note)
    {
        Id = id;
        Title = title;
        Url = url;
        FirstParty = firstParty;
        Note = note;
    }

    /// <summary>The name that the profile's values refer to it by.</summary>
    public string Id { get; }

    /// <summary>What it is called.</summary>
    public string Title { get; }

    /// <summary>Its address; null where it has none.</summary>
    public string? Url { get; }

    /// <summary>True where it is the provider's own page or template.</summary>
    public bool FirstParty { get; }

    /// <summary>What else is to be known of it.</summary>
    public string? Note { get; }

    /// <summary>Title and address.</summary>
    public override string ToString() => Url is null ? Title : Title + " <" + Url + ">";
}
