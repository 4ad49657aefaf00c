namespace MailDns;

/// <summary>What a plan does with a record.</summary>
public enum RecordAction
{
    /// <summary>It is there as wanted: nothing is written.</summary>
    Keep,

    /// <summary>It is not there and is added; nothing else changes.</summary>
    Add,

    /// <summary>It takes the place of another of its kind.</summary>
    Replace,

    /// <summary>It is taken away.</summary>
    Remove,

    /// <summary>It cannot stand beside what is there: nothing is written before a person has decided.</summary>
    Conflict,

    /// <summary>What is there could not be read: nothing is written.</summary>
    Unknown,
}
