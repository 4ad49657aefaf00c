namespace MailDns;

/// <summary>Where a profile's values come from.</summary>
public sealed class SendingProviderSource
{
    internal SendingProviderSource(string id, string title, string? url, bool firstParty, string? date, string? note)
    {
        Id = id;
        Title = title;
        Url = url;
        FirstParty = firstParty;
        Date = date;
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

    /// <summary>When it was read, or of when it is: a year, a month or a day; null where the profile does not say.</summary>
    public string? Date { get; }

    /// <summary>What else is to be known of it.</summary>
    public string? Note { get; }

    /// <summary>Title and address.</summary>
    public override string ToString() => Url is null ? Title : Title + " <" + Url + ">";
}
