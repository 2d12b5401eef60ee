namespace StaticNet;

/// <summary>One line of a network's declaration: an input, a layer or the loss. They count in source order.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class DeclarationAttribute : Attribute
{
    private protected DeclarationAttribute()
    {
    }
}
