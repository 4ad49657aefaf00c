using System;

namespace MailDns.Spf;

/// <summary>All addresses from the first to the last, both included.</summary>
internal readonly struct AddressRange : IEquatable<AddressRange>
{
    public AddressRange(AddressNumber first, AddressNumber last)
    {
        First = first;
        Last = last;
    }

    public AddressNumber First { get; }

    public AddressNumber Last { get; }

    public bool Equals(AddressRange other) => First == other.First && Last == other.Last;

    public override bool Equals(object? obj) => obj is AddressRange other && Equals(other);

    public override int GetHashCode() => unchecked((First.GetHashCode() * 397) ^ Last.GetHashCode());
}
